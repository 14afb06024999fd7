import Auth
import Crypto
import JSON

extension ChainState {
    /// The state of the chain, as administrators see it.
    var json: JSONObject {
        var object = JSONObject()
        if let head {
            object.add("head", head.json)
        } else {
            object.add("head", .null)
        }
        switch checkpoint {
        case .signed(let checkpoint): object.add("checkpoint", checkpoint.json(key: checkpointKey))
        case .invalid, nil: object.add("checkpoint", .null)
        }
        object.add("checkpointIsInvalid", .bool(checkpoint == .invalid))
        object.add("notLinked", .integer(Int64(notLinked.value)))
        object.add("notLinkedIsExceeded", .bool(notLinked.isExceeded))
        return object
    }
}

extension ChainHead {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.add("origin", .string(origin.description))
        object.add("number", .integer(link.number))
        object.add("link", .string(Hex.encode(link.hash.bytes)))
        object.add("time", .string(time.rfc3339))
        return object
    }
}

extension Checkpoint {
    fileprivate func json(key: [UInt8]?) -> JSONObject {
        var object = JSONObject()
        object.add("number", .integer(link.number))
        object.add("link", .string(Hex.encode(link.hash.bytes)))
        object.add("time", .string(time.rfc3339))
        object.add("reason", .string(reason.rawValue))
        object.add("first", .integer(first))
        object.add("key", key.map { .string(Hex.encode($0)) } ?? .null)
        return object
    }
}
