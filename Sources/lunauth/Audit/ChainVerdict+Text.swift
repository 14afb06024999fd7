import Auth
import Crypto

extension ChainSummary {
    /// What was proven, in sentences of a line each.
    var sentences: [String] {
        guard let last else { return ["intact: there are no events yet"] + unlinked }
        var lines = [
            "intact: \(count.of("event")), numbers \(first ?? last.number) to \(last.number)"
        ]
        lines[0] += ", \(checkpoints.of("checkpoint"))"
        if let signedNumber, signedNumber < last.number {
            lines.append(
                "no checkpoint yet: the events after number \(signedNumber), which the MACs prove")
        }
        if !hasVerifiedMACs {
            lines.append("proven by signatures alone: MACs need the keys of the server")
        }
        if let publicKey { lines.append("key: \(Hex.encode(publicKey))") }
        return lines + unlinked
    }

    private var unlinked: [String] {
        notLinked.isEmpty ? [] : ["not linked yet: \(Int64(notLinked.count).of("event"))"]
    }
}

extension ChainBreak {
    /// The place and what is wrong with it.
    var sentence: String {
        let name = event.map { " (\($0))" } ?? ""
        let place = number.map { "event \($0)\(name)" } ?? "an event that is not linked\(name)"
        return "broken: \(place): \(problem.sentence)"
    }
}

extension ChainProblem {
    fileprivate var sentence: String {
        switch self {
        case .changed: "it was changed"
        case .removed: "the event with this number was removed"
        case .reordered: "another event was put in its place"
        case .inserted: "it was inserted"
        case .cutOff: "it and all events after it were cut off"
        case .badMAC: "its MAC is not the server's"
        case .uncoveredGap: "it is missing, and no signed purge deleted it"
        case .badCheckpoint: "the checkpoint of this number contradicts those before it"
        case .missingCheckpoint: "the checkpoint of this number is missing"
        case .unsignedCheckpoint: "the checkpoint behind this number has no valid signature"
        case .wrongKey: "the checkpoint of this number is signed by a key that is not trusted"
        case .contradictsCheckpoint:
            "up to this number the chain is another one than a checkpoint says"
        case .checkpointTooOld:
            "the given checkpoint is of this number, whose event is deleted or not in the file"
        case .erased: "its personal data was erased, and no account that it was of is deleted"
        case .unreadable: "it cannot be read"
        case .badHead: "the head of the chain is missing, or not the server's"
        }
    }
}

extension Int64 {
    fileprivate func of(_ noun: String) -> String { Int(clamping: self).of(noun) }
}
