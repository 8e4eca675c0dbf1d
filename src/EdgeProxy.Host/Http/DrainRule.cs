namespace EdgeProxy.Host.Http;

/// <summary>The treatment of a request's connection in the second half of the shutdown delay.</summary>
internal enum DrainRule
{
    /// <summary>The answer closes the connection: the client opens the next one elsewhere.</summary>
    CloseConnection,

    /// <summary>The connection is kept: a scraper may read to the end.</summary>
    KeepConnection,

    /// <summary>The answer is an event stream, which is ended in that time and closes the connection.</summary>
    EndStream,
}
