package import Auth

extension InviteRequest {
    /// The invitation that a body requests.
    package init(_ body: RequestBody) {
        self.init()
        email = body.text("email")
        role = body.text("role")
        tier = body.text("tier")
        maximumUses = body.integer("maxUses", in: Invite.useBounds, &objections)
        lifetime = body.lifetime("expiresIn", &objections)
    }
}
