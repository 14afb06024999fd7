import Bytes
import Crypto

extension ChainHead {
    /// What the MAC of a head is over.
    static func digest(
        origin: UUID, link: Link, time: Timestamp, checkpoint: Digest?
    ) -> Digest {
        var encoder = EventEncoder("lunauth head 1\n".utf8)
        encoder.append(origin.octets)
        encoder.append(String(link.number).utf8)
        encoder.append(link.hash.bytes)
        encoder.append(String(time.milliseconds).utf8)
        encoder.append(checkpoint?.bytes)
        return SHA256.digest(encoder.bytes)
    }

    /// What its MAC is over.
    var digest: Digest {
        Self.digest(origin: origin, link: link, time: time, checkpoint: checkpoint)
    }
}
