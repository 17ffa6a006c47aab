/* Lines of queues in tandem, one server a station, by a plain event loop with a binary heap.
 *
 * The yardstick of calendar_loop.py: what a hand-written loop needs for the same events. Events are ordered by time,
 * then rank (kind, place), then order of scheduling, which is what the calendar of revsim/compiled promises too.
 */

#include <stdint.h>
#include <stdlib.h>

enum { ARRIVED, SERVED };

typedef struct {
    double time;
    uint64_t rank; /* kind << 32 | place */
    uint64_t number;
} Event;

typedef struct {
    Event *heap;
    int64_t size, number, most;
} Calendar;

typedef struct {
    int64_t departed, most_waiting;
    double sum; /* of departure times */
} Found;

static inline int before(const Event *a, const Event *b) {
    if (a->time != b->time) return a->time < b->time;
    if (a->rank != b->rank) return a->rank < b->rank;
    return a->number < b->number;
}

static inline void at(Calendar *c, double time, uint64_t kind, uint64_t place) {
    Event event = {time, kind << 32 | place, (uint64_t)c->number++};
    int64_t here = c->size++;
    if (c->size > c->most) c->most = c->size;
    while (here > 0) {
        int64_t above = (here - 1) >> 1;
        if (!before(&event, &c->heap[above])) break;
        c->heap[here] = c->heap[above];
        here = above;
    }
    c->heap[here] = event;
}

static inline Event take_first(Calendar *c) {
    Event first = c->heap[0], last = c->heap[--c->size];
    int64_t here = 0, child = 1, size = c->size;
    while (child < size) {
        if (child + 1 < size && before(&c->heap[child + 1], &c->heap[child])) child++;
        if (!before(&c->heap[child], &last)) break;
        c->heap[here] = c->heap[child];
        here = child;
        child = 2 * here + 1;
    }
    c->heap[here] = last;
    return first;
}

/* Run `buyers` arrivals through `lines` lines of `stations` stations; `gaps` and `services` are read in the order of
 * events, the first gap of each line first. Returns 0, or 1 where memory is lacking. */
int tandem(const double *gaps, const double *services, int64_t buyers, int64_t lines, int64_t stations, Found *found) {
    int64_t places = lines * stations, gap = 0, service = 0, departed = 0;
    double sum = 0.0;
    int64_t *here = calloc(places, sizeof *here); /* how many are at each station, the one in service among them */
    Calendar c = {malloc((places + lines + 1) * sizeof(Event)), 0, 0, 0};
    if (!here || !c.heap) {
        free(here), free(c.heap);
        return 1;
    }
    for (int64_t line = 0; line < lines; line++) at(&c, gaps[gap++], ARRIVED, line);
    while (c.size > 0) {
        Event event = take_first(&c);
        double now = event.time;
        int64_t place = event.rank & 0xffffffff, next;
        if (event.rank >> 32 == ARRIVED) {
            next = place * stations;
            if (gap < buyers) at(&c, now + gaps[gap++], ARRIVED, place);
        } else {
            if (--here[place] > 0) at(&c, now + services[service++], SERVED, place);
            next = place + 1;
            if (next % stations == 0) {
                departed++;
                sum += now;
                continue;
            }
        }
        if (here[next]++ == 0) at(&c, now + services[service++], SERVED, next);
    }
    found->departed = departed, found->sum = sum, found->most_waiting = c.most;
    free(here), free(c.heap);
    return 0;
}
