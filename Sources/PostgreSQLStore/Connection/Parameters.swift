import CPostgreSQL
import Crypto

/// The values of a statement as libpq takes them: types, octets, lengths.
///
/// Binary forms are those of the server's `recv` functions: integers big-endian, text UTF-8, arrays with a
/// header of their dimensions.
struct Parameters {
    /// A type for each value; 0 for NULL, whose type its place in the statement gives.
    private(set) var types: [Oid] = []
    /// The octets of all values, one after another.
    private(set) var octets: [UInt8] = []
    /// Where each value is in them; nil for NULL.
    private(set) var ranges: [Range<Int>?] = []

    /// The values in the order of their numbers.
    init(_ values: [SQLValue]) {
        for value in values { append(value) }
    }

    /// Lends the values to one call.
    ///
    /// - Parameter body: Gets their number, types, addresses, lengths and formats, all binary.
    /// - Returns: What `body` returns.
    func withPointers<Value>(
        _ body: (
            Int32, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        let lengths = ranges.map { Int32(truncatingIfNeeded: $0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: ranges.count)
        // An empty value needs an address, too: none would be NULL.
        return unsafe (octets + [0]).withUnsafeBytes { bytes in
            let base = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
            let addresses = unsafe ranges.map { range in
                unsafe range.flatMap { range in unsafe base.map { unsafe $0 + range.lowerBound } }
            }
            return unsafe body(Int32(ranges.count), types, addresses, lengths, formats)
        }
    }

    private mutating func append(_ value: SQLValue) {
        let start = octets.count
        switch value {
        case .null:
            types.append(0)
            ranges.append(nil)
            return
        case .boolean(let flag):
            types.append(TypeID.boolean)
            octets.append(flag ? 1 : 0)
        case .integer(let number):
            types.append(TypeID.bigint)
            octets.append(bigEndian: number)
        case .text(let text):
            types.append(TypeID.text)
            octets += text.utf8
        case .bytes(let bytes):
            types.append(TypeID.bytes)
            octets += bytes
        case .uuid(let id):
            types.append(TypeID.uuid)
            octets += id.octets
        case .integers(let numbers):
            types.append(TypeID.bigints)
            appendArray(of: TypeID.bigint, numbers) { $0.append(bigEndian: $1) }
        case .texts(let texts):
            types.append(TypeID.texts)
            appendArray(of: TypeID.text, texts) { $0 += $1.utf8 }
        case .byteArrays(let arrays):
            types.append(TypeID.byteArrays)
            appendArray(of: TypeID.bytes, arrays) { $0 += $1 }
        case .uuids(let ids):
            types.append(TypeID.uuids)
            appendArray(of: TypeID.uuid, ids) { $0 += $1.octets }
        case .array(let type, let elements):
            types.append(type.rawValue)
            appendArray(of: type.element, elements.map { Parameters([$0]) })
        }
        ranges.append(start..<octets.count)
    }

    /// Appends an array of one dimension, of one value each, of which some may be NULL.
    private mutating func appendArray(of type: Oid, _ elements: [Parameters]) {
        octets.append(bigEndian: Int32(elements.isEmpty ? 0 : 1))
        octets.append(bigEndian: Int32(1))
        octets.append(bigEndian: type)
        guard !elements.isEmpty else { return }
        octets.append(bigEndian: Int32(truncatingIfNeeded: elements.count))
        octets.append(bigEndian: Int32(1))
        for element in elements {
            let length = element.ranges.first.flatMap(\.self)?.count
            octets.append(bigEndian: length.map { Int32(truncatingIfNeeded: $0) } ?? -1)
            octets += element.octets
        }
    }

    /// Appends an array of one dimension that holds no NULL (`array_recv`).
    private mutating func appendArray<Element>(
        of type: Oid, _ elements: [Element], append: (inout [UInt8], Element) -> Void
    ) {
        octets.append(bigEndian: Int32(elements.isEmpty ? 0 : 1))
        octets.append(bigEndian: Int32(0))
        octets.append(bigEndian: type)
        guard !elements.isEmpty else { return }
        octets.append(bigEndian: Int32(truncatingIfNeeded: elements.count))
        octets.append(bigEndian: Int32(1))
        for element in elements {
            let place = octets.count
            octets.append(bigEndian: Int32(0))
            append(&octets, element)
            let length = Int32(truncatingIfNeeded: octets.count - place - 4)
            octets.replaceSubrange(place..<place + 4, with: [UInt8](bigEndian: length))
        }
    }
}

extension [UInt8] {
    /// The octets of an integer, highest first.
    init(bigEndian number: some FixedWidthInteger) {
        self = []
        append(bigEndian: number)
    }

    /// Appends the octets of an integer, highest first.
    mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
        for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }
}
