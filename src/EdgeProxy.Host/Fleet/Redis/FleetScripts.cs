namespace EdgeProxy.Host.Fleet.Redis;

/// <summary>
/// The scripts of the store: each reads, decides and writes in one step. Their keys are of one hash slot. Numbers stay below
/// 2^53, so that Lua compares them exactly. Times are the server's, so that clocks of members do not matter. A document that
/// no member has confirmed for 30 days is deleted by the server: nobody serves its environment any more.
/// </summary>
internal static class FleetScripts
{
    /// <summary>
    /// Keys: document, lease. Arguments: token ("" for no bid), "1" to take the lease, its duration in ms. Returns the
    /// fields of the document, the holder of the lease, and the time in ms.
    /// </summary>
    public const string Look = Now + """
        local holder = redis.call('GET', KEYS[2])
        if ARGV[1] ~= '' then
          if holder == ARGV[1] then
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
          elseif not holder and ARGV[2] == '1' then
            redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
            holder = ARGV[1]
          end
        end
        local fields = redis.call('HMGET', KEYS[1], 'revision', 'updated_at', 'epoch', 'sequence', 'given_up', 'writer', 'written_at', 'confirmed_at', 'error')
        return {fields, holder or '', now}
        """;

    /// <summary>
    /// Keys: document, lease. Arguments: revision, updated_at, epoch, sequence, given_up, writer, token, the time of its confirmation ("" for none),
    /// payload, a revision that is replaced in any case. Returns "written", "same" or "refused". The order of versions is
    /// the one of <see cref="FleetVersion.Supersedes"/>; only the holder of the lease writes another document of the same position.
    /// </summary>
    public const string Write = Now + """
        local stored = redis.call('HMGET', KEYS[1], 'revision', 'updated_at', 'epoch', 'sequence', 'given_up')
        local isHolder = ARGV[7] ~= '' and redis.call('GET', KEYS[2]) == ARGV[7]
        local function after(left, right) return left and right and left > right end
        local function gaveUp(a, b)
          if a.epoch < b.epoch then a, b = b, a end
          return not after(b.updated, a.gone)
        end
        local function replaces(a, b) return not after(b.updated, a.gone) or after(a.updated, b.updated) end
        local a = {updated = tonumber(ARGV[2]), epoch = tonumber(ARGV[3]), sequence = tonumber(ARGV[4]), gone = tonumber(ARGV[5])}
        local b = {updated = tonumber(stored[2] or ''), epoch = tonumber(stored[3] or ''), sequence = tonumber(stored[4] or ''), gone = tonumber(stored[5] or '')}
        if stored[1] and b.epoch and b.sequence and not (isHolder and ARGV[10] ~= '' and stored[1] == ARGV[10]) then
          if stored[1] == ARGV[1] then
            if a.epoch <= b.epoch then return 'same' end
          elseif not after(a.updated, b.updated) and not after(b.updated, a.updated) and (a.epoch == b.epoch or (a.epoch > 0 and b.epoch > 0 and a.gone == b.gone) or not gaveUp(a, b)) then
            if a.sequence <= b.sequence or not isHolder then return 'refused' end
          elseif a.epoch > b.epoch then
            if not replaces(a, b) then return 'refused' end
          elseif a.epoch < b.epoch then
            if replaces(b, a) then return 'refused' end
          elseif not after(a.updated, b.updated) then
            return 'refused'
          end
        end
        redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'updated_at', ARGV[2], 'epoch', ARGV[3], 'sequence', ARGV[4], 'given_up', ARGV[5],
          'writer', ARGV[6], 'written_at', now, 'payload', ARGV[9])
        if ARGV[8] ~= '' then redis.call('HSET', KEYS[1], 'confirmed_at', ARGV[8]) else redis.call('HDEL', KEYS[1], 'confirmed_at') end
        redis.call('HDEL', KEYS[1], 'error')
        redis.call('PEXPIRE', KEYS[1], '2592000000')
        return 'written'
        """;

    /// <summary>
    /// Keys: document, lease. Arguments: revision ("" after a failure), token, error, time. Returns 1 if the store has the
    /// revision.
    /// </summary>
    public const string Report = Now + """
        local isHolder = ARGV[2] ~= '' and redis.call('GET', KEYS[2]) == ARGV[2]
        if ARGV[1] == '' then
          if not isHolder then return 0 end
          redis.call('HSET', KEYS[1], 'error', now .. ' ' .. ARGV[3])
          return 1
        end
        if redis.call('HGET', KEYS[1], 'revision') ~= ARGV[1] then return 0 end
        local known = tonumber(redis.call('HGET', KEYS[1], 'confirmed_at') or '')
        if not known or tonumber(ARGV[4]) > known then redis.call('HSET', KEYS[1], 'confirmed_at', ARGV[4]) end
        redis.call('HDEL', KEYS[1], 'error')
        redis.call('PEXPIRE', KEYS[1], '2592000000')
        return 1
        """;

    /// <summary>Keys: lease. Arguments: token. Deletes the lease of that token.</summary>
    public const string Release = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """;

    /// <summary>
    /// Keys: members by their last heartbeat, members by their leases, statements. Arguments: name, leases,
    /// statement ("" if unchanged), the time to live in ms. Returns the number of members, the lowest number of leases, and
    /// 1 if there is a statement of this one.
    /// </summary>
    public const string Beat = Now + """
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
        if ARGV[3] ~= '' then redis.call('HSET', KEYS[3], ARGV[1], ARGV[3]) end
        for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[4]))) do
          redis.call('ZREM', KEYS[1], name)
          redis.call('ZREM', KEYS[2], name)
          redis.call('HDEL', KEYS[3], name)
        end
        local fewest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
        return {redis.call('ZCARD', KEYS[1]), tonumber(fewest[2]) or 0, redis.call('HEXISTS', KEYS[3], ARGV[1])}
        """;

    /// <summary>Keys and name as for <see cref="Beat"/>.</summary>
    public const string Leave = """
        redis.call('ZREM', KEYS[2], ARGV[1])
        redis.call('HDEL', KEYS[3], ARGV[1])
        return redis.call('ZREM', KEYS[1], ARGV[1])
        """;

    /// <summary>
    /// Keys: identities. Arguments: the traits of each ("" for any). Returns a digit for each: 1 if it has these traits. One that
    /// has others is deleted.
    /// </summary>
    public const string Recall = """
        local found = ''
        for i, key in ipairs(KEYS) do
          local traits = redis.call('GET', key)
          if traits and (ARGV[i] == '' or traits == ARGV[i]) then
            found = found .. '1'
          else
            if traits then redis.call('DEL', key) end
            found = found .. '0'
          end
        end
        return found
        """;

    /// <summary>Keys: identities. Arguments: the time to live in ms, the traits of each.</summary>
    public const string Remember = """
        for i, key in ipairs(KEYS) do
          redis.call('SET', key, ARGV[i + 1], 'PX', ARGV[1])
        end
        return 1
        """;

    private const string Now = """
        local time = redis.call('TIME')
        local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

        """;
}
