"""What kernels ask of memory and of single words, for which Python has no words."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import carray, types  # type: ignore[attr-defined] # numba exports it
from numba.core import cgutils
from numba.extending import intrinsic

LINE = 64  # bytes of a line of the processor's cache


@intrinsic
def lowest_bit(_context: Any, _word: Any) -> Any:  # noqa: ANN401 - numba's own types
    """Place of the lowest bit that is set in an unsigned word, which is not zero."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


@intrinsic
def fetch(_context: Any, record: Any) -> Any:  # noqa: ANN401 - numba's own types
    """Have a record brought into the processor's cache, line by line: it is read soon."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), (byte, word, word, word))
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        read, near, data = (ir.Constant(word, number) for number in (0, 3, 1))
        first = builder.bitcast(arguments[0], byte)
        for at in range(0, record.size, LINE):
            builder.call(function, (builder.gep(first, [ir.Constant(word, at)]), read, near, data))
        return context.get_dummy_value()

    return types.void(record), generate


@intrinsic
def high_word(_context: Any, _one: Any, _other: Any) -> Any:  # noqa: ANN401 - numba's own types
    """The upper 64 bits of a product of two unsigned 64-bit words."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        wide = ir.IntType(128)
        one, other = (builder.zext(argument, wide) for argument in arguments)
        product = builder.mul(one, other)
        return builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), ir.IntType(64))

    return types.uint64(types.uint64, types.uint64), generate


@intrinsic
def pointer(_context: Any, _address: Any) -> Any:  # noqa: ANN401 - numba's own types
    """An address, held in a record as a whole number, as a pointer."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        return builder.inttoptr(arguments[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.int64), generate


__all__ = ["carray", "fetch", "high_word", "lowest_bit", "pointer"]
