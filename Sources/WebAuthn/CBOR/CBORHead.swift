import CCBOR

/// What the decoder of libcbor tells of one item.
enum CBORHead {
    /// Nothing, or what is not read: a tag, an indefinite length, its end.
    case none
    /// An integer of at least 0.
    case unsigned(UInt64)
    /// The integer -1 - n.
    case negative(UInt64)
    /// A byte string of so many bytes.
    case bytes(Int)
    /// A text of so many bytes.
    case text(Int)
    /// An array of so many elements.
    case array(Int)
    /// A map of so many pairs.
    case map(Int)
    /// Any other value.
    case simple

    /// The functions that store an item; newer versions of libcbor count in 64 bits, not in `size_t`.
    static var callbacks: cbor_callbacks {
        var callbacks = cbor_callbacks()
        unsafe callbacks.uint8 = { unsafe store(.unsigned(UInt64($1)), in: $0) }
        unsafe callbacks.uint16 = { unsafe store(.unsigned(UInt64($1)), in: $0) }
        unsafe callbacks.uint32 = { unsafe store(.unsigned(UInt64($1)), in: $0) }
        unsafe callbacks.uint64 = { unsafe store(.unsigned($1), in: $0) }
        unsafe callbacks.negint8 = { unsafe store(.negative(UInt64($1)), in: $0) }
        unsafe callbacks.negint16 = { unsafe store(.negative(UInt64($1)), in: $0) }
        unsafe callbacks.negint32 = { unsafe store(.negative(UInt64($1)), in: $0) }
        unsafe callbacks.negint64 = { unsafe store(.negative($1), in: $0) }
        unsafe callbacks.byte_string = { unsafe store(.bytes(Int(clamping: $2)), in: $0) }
        unsafe callbacks.string = { unsafe store(.text(Int(clamping: $2)), in: $0) }
        unsafe callbacks.array_start = { unsafe store(.array(Int(clamping: $1)), in: $0) }
        unsafe callbacks.map_start = { unsafe store(.map(Int(clamping: $1)), in: $0) }
        unsafe callbacks.float2 = { context, _ in unsafe store(.simple, in: context) }
        unsafe callbacks.float4 = { context, _ in unsafe store(.simple, in: context) }
        unsafe callbacks.float8 = { context, _ in unsafe store(.simple, in: context) }
        unsafe callbacks.boolean = { context, _ in unsafe store(.simple, in: context) }
        unsafe callbacks.null = { unsafe store(.simple, in: $0) }
        unsafe callbacks.undefined = { unsafe store(.simple, in: $0) }
        unsafe callbacks.tag = { context, _ in unsafe store(.none, in: context) }
        unsafe callbacks.byte_string_start = { unsafe store(.none, in: $0) }
        unsafe callbacks.string_start = { unsafe store(.none, in: $0) }
        unsafe callbacks.indef_array_start = { unsafe store(.none, in: $0) }
        unsafe callbacks.indef_map_start = { unsafe store(.none, in: $0) }
        unsafe callbacks.indef_break = { unsafe store(.none, in: $0) }
        return callbacks
    }
}

/// Stores an item in the context of the decoder: no member of the type, since functions of C capture
/// nothing.
private func store(_ head: CBORHead, in context: UnsafeMutableRawPointer?) {
    unsafe context?.assumingMemoryBound(to: CBORHead.self).pointee = head
}
