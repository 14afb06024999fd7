import Auth
import Crypto

extension PageContext {
    /// How far the chain goes, as the record says itself.
    func chainPanel(_ state: ChainState) -> HTML {
        panel(texts.chainTitle, id: "chain", about: texts.chainAbout) {
            if state.checkpoint == .invalid {
                notice(.error, texts.checkpointInvalid, text: texts.checkpointInvalidAdvice)
            }
            facts {
                fact(texts.linkedUntil, linkedUntil(state.head))
                fact(texts.lastCheckpoint, lastCheckpoint(state.checkpoint))
                fact(texts.notLinked, text(state.notLinked))
                if let head = state.head {
                    fact(texts.originOfRecord, identifier: head.origin.description)
                }
                if let key = state.checkpointKey {
                    fact(texts.checkpointKey, identifier: Hex.encode(key))
                }
            }
        }
    }

    private func linkedUntil(_ head: ChainHead?) -> HTML {
        guard let head else { return HTML(texts.notYet) }
        return numbered(head.link.number, at: head.time)
    }

    private func lastCheckpoint(_ checkpoint: ChainState.LastCheckpoint?) -> HTML {
        switch checkpoint {
        case .signed(let checkpoint): numbered(checkpoint.link.number, at: checkpoint.time)
        case .invalid: badge(.blocked, texts.checkpointInvalid)
        case nil: HTML(texts.notYet)
        }
    }

    private func numbered(_ number: Int64, at moment: Timestamp) -> HTML {
        joined([
            HTML(texts.eventNumber(Int(clamping: number))),
            time(moment, now: service.now, texts: texts),
        ])
    }
}
