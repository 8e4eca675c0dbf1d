namespace EdgeProxy.Host.Usage;

/// <summary>All that is counted and not yet taken, also of environments that are gone.</summary>
internal sealed class UsageLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    /// <summary>The counters of an environment that is served now; if it was served before, still the same.</summary>
    public UsageCounters Open(string clientSideKey)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(clientSideKey, out var account))
            {
                account = new Account();
                _accounts.Add(clientSideKey, account);
            }

            account.State = AccountState.Open;
            return account.Counters;
        }
    }

    /// <summary>An environment is not served any more; what was counted of it is still taken.</summary>
    public void Close(string clientSideKey)
    {
        lock (_lock)
        {
            if (_accounts.TryGetValue(clientSideKey, out var account))
            {
                account.State = AccountState.Closed;
            }
        }
    }

    /// <summary>Takes everything that was counted.</summary>
    public IReadOnlyList<UsageRow> Take()
    {
        var rows = new List<UsageRow>();
        lock (_lock)
        {
            foreach (var (clientSideKey, account) in _accounts)
            {
                for (var resource = default(UsageResource); (int)resource < UsageCounters.ResourceCount; resource++)
                {
                    if (account.Counters.Take(resource) is > 0 and var count)
                    {
                        rows.Add(new UsageRow(clientSideKey, resource, count));
                    }
                }

                Age_NeedsLock(clientSideKey, account);
            }
        }

        return rows;
    }

    /// <summary>
    /// Forgets what is closed, but only at the second time: a request that had found the environment before it went may
    /// count itself after the first.
    /// </summary>
    private void Age_NeedsLock(string clientSideKey, Account account)
    {
        switch (account.State)
        {
            case AccountState.Closed:
                account.State = AccountState.Forgotten;
                break;
            case AccountState.Forgotten:
                _accounts.Remove(clientSideKey); // which a dictionary allows while it is walked
                break;
        }
    }

    private enum AccountState
    {
        Open,
        Closed,
        Forgotten,
    }

    private sealed class Account
    {
        public UsageCounters Counters { get; } = new();

        public AccountState State { get; set; }
    }
}
