import Auth

extension RequestBody {
    /// A member that says how long something is good: a text such as `30d`, or whole seconds.
    ///
    /// Null counts as absent, and anything else is added to the objections.
    func lifetime(_ name: String, _ objections: inout [InvalidInput]) -> Lifetime? {
        let lifetime: Lifetime?
        switch text(name) {
        case .absent: return nil
        case .text(let text): lifetime = Lifetime(text)
        case .notText:
            var unused: [InvalidInput] = []
            lifetime = integer(name, in: Lifetime.bounds, &unused).flatMap(Lifetime.init(seconds:))
        }
        if lifetime == nil {
            objections.append(
                InvalidInput(
                    name, "must be a time such as 12h or 30d, or seconds; an hour or longer"))
        }
        return lifetime
    }
}
