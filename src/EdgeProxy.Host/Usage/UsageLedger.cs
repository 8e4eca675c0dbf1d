namespace EdgeProxy.Host.Usage;

/// <summary>The unreported counts of all environments, including removed ones.</summary>
internal sealed class UsageLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    /// <summary>Returns the counters of an environment that is served; the existing ones if it was served before.</summary>
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

    /// <summary>
    /// Closes the counters of an environment that is no longer served; their remaining counts are still reported.
    /// </summary>
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

    /// <summary>Takes all counts.</summary>
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
    /// Removes closed counters, but only at the second call: a request that found the environment before its removal may be
    /// counted after the first.
    /// </summary>
    private void Age_NeedsLock(string clientSideKey, Account account)
    {
        switch (account.State)
        {
            case AccountState.Closed:
                account.State = AccountState.Forgotten;
                break;
            case AccountState.Forgotten:
                _accounts.Remove(clientSideKey); // a dictionary allows removal during enumeration
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
