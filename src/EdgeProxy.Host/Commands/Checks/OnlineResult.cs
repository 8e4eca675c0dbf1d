namespace EdgeProxy.Host.Commands.Checks;

/// <summary>The result of a request with one key.</summary>
/// <param name="Name">The key, masked.</param>
/// <param name="IsGood">True if the proxy could serve what it got.</param>
/// <param name="Text">The result in words.</param>
internal sealed record OnlineResult(string Name, bool IsGood, string Text)
{
    /// <summary>Indicates whether the API rejected the key.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The document; null if there is none that could be served.</summary>
    public byte[]? Document { get; init; }

    /// <summary>The time that fetching and compiling took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The number of invalid parts of the document, which have no effect.</summary>
    public int Problems { get; init; }
}
