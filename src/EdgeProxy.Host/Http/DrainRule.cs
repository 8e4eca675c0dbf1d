namespace EdgeProxy.Host.Http;

/// <summary>What happens to the connection of a request in the second half of the shutdown delay.</summary>
internal enum DrainRule
{
    /// <summary>The answer is the connection's last: the client opens the next one elsewhere.</summary>
    CloseConnection,

    /// <summary>Nothing: a scraper may read to the end.</summary>
    KeepConnection,
}
