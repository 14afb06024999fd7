-- Forward-auth for HAProxy (2.6 or later): asks lunauth about a request before it goes on.
--
--     http-request lua.forward-auth ADDRESS QUERY
--     http-request deny deny_status 503 unless { var(txn.lunauth_passed) -m bool }
--
-- ADDRESS is where lunauth listens (ipv4@127.0.0.1:8080, unix@/run/lunauth.sock), QUERY what a
-- visitor has to meet. The variable is set when lunauth admits the visitor and at no other time: a
-- script that fails does not stop a request, the second line does.

-- The session cookie (session.cookieName); the others are named after it: device, trusted browser, and a
-- sign-in that waits for its second step.
local COOKIE = "session_token"
local OWN_COOKIES = {
    [COOKIE] = true, [COOKIE .. "_device"] = true, [COOKIE .. "_trust"] = true,
    [COOKIE .. "_login"] = true,
}
-- Milliseconds; longer than the daemon lets a request wait.
local TIMEOUT = 30000

-- Of the client's fields lunauth is sent these.
local ASKED_WITH = { "authorization", "cookie", "accept", "sec-fetch-mode" }
-- Of lunauth's fields the application is sent these.
local IDENTITY = {
    "remote-user", "remote-email", "remote-name", "remote-groups", "x-auth-tier", "x-auth-scopes",
}
-- Of lunauth's fields a client that is not let in is sent these.
local REFUSAL = {
    "cache-control", "content-type", "location", "retry-after", "www-authenticate",
    "x-content-type-options", "x-request-id",
}

-- The values of a field; HAProxy counts them from 0.
local function values(fields, name)
    local found = {}
    for index = 0, #(fields[name] or {}) do
        found[#found + 1] = fields[name] and fields[name][index]
    end
    return found
end

-- Every spelling that another program may read as one of ours: Remote_User is Remote-User under CGI.
local function is_identity(name)
    local plain = name:lower():gsub("[^a-z0-9]", "-")
    return plain:find("^remote%-") ~= nil or plain:find("^x%-auth%-") ~= nil
end

-- With the credentials of its visitors an application could pass for them elsewhere.
local function drop_credentials(http, fields)
    for _, value in ipairs(values(fields, "authorization")) do
        if (value .. " "):lower():find("^bearer%s") then http:req_del_header("authorization") end
    end
    local kept = {}
    for _, line in ipairs(values(fields, "cookie")) do
        for pair in line:gmatch("[^;]+") do
            local trimmed = pair:match("^%s*(.-)%s*$")
            local name = trimmed:match("^[^=]*")
            if not OWN_COOKIES[name] then kept[#kept + 1] = trimmed end
        end
    end
    http:req_del_header("cookie")
    if #kept > 0 then http:req_add_header("cookie", table.concat(kept, "; ")) end
end

local function ask(txn, fields, address, query)
    local asked = {
        ["x-forwarded-method"] = { txn.f:method() },
        ["x-forwarded-proto"] = { txn.sf:ssl_fc() == "1" and "https" or "http" },
        ["x-forwarded-host"] = values(fields, "host"),
        ["x-forwarded-uri"] = { txn.f:pathq() },
        ["x-forwarded-for"] = { txn.sf:src() },
        ["x-request-id"] = { txn.sf:unique_id() },
    }
    for _, name in ipairs(ASKED_WITH) do asked[name] = values(fields, name) end
    return core.httpclient():get {
        url = "http://lunauth/auth/verify?" .. query, dst = address, headers = asked,
        timeout = TIMEOUT,
    }
end

core.register_action("forward-auth", { "http-req" }, function(txn, address, query)
    local fields = txn.http:req_get_headers()
    for name in pairs(fields) do
        if is_identity(name) then txn.http:req_del_header(name) end
    end
    local answer = ask(txn, fields, address, query)
    if answer.status == 200 then
        drop_credentials(txn.http, fields)
        for _, name in ipairs(IDENTITY) do
            for _, value in ipairs(values(answer.headers, name)) do
                txn.http:req_add_header(name, value)
            end
        end
        txn:set_var("txn.lunauth_passed", true)
        return
    end
    local handed = {}
    for _, name in ipairs(REFUSAL) do handed[name] = values(answer.headers or {}, name) end
    txn:done(txn:reply {
        status = answer.status >= 300 and answer.status or 503, headers = handed,
        body = txn.f:method() ~= "HEAD" and answer.body or "",
    })
end, 2)
