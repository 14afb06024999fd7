/// One value for each tier.
public struct PerTier<Value: Sendable>: Sendable {
    /// For accounts of the tier `free`.
    public var free: Value
    /// For accounts of the tier `pro`.
    public var pro: Value
    /// For accounts of the tier `team`.
    public var team: Value

    /// Creates values from their parts.
    public init(free: Value, pro: Value, team: Value) {
        self.free = free
        self.pro = pro
        self.team = team
    }

    /// The value for a tier.
    public subscript(tier: Account.Tier) -> Value {
        switch tier {
        case .free: free
        case .pro: pro
        case .team: team
        }
    }

    /// Transforms each value.
    func map<Other>(_ transform: (Value) -> Other) -> PerTier<Other> {
        PerTier<Other>(free: transform(free), pro: transform(pro), team: transform(team))
    }
}

extension PerTier: Equatable where Value: Equatable {}
