namespace EdgeProxy.Host.Commands;

/// <summary>The arguments of <c>edge-proxy compare</c>.</summary>
internal sealed record CompareArguments
{
    private const int MaxRate = 10_000;

    /// <summary>The other server.</summary>
    public required string With { get; init; }

    /// <summary>This server; null for the local proxy.</summary>
    public string? Url { get; init; }

    /// <summary>The admin token of this server.</summary>
    public string? Token { get; init; }

    /// <summary>The environment key to ask with; null for that of the only environment.</summary>
    public string? Key { get; init; }

    /// <summary>The file with questions; null for none.</summary>
    public string? Identities { get; init; }

    /// <summary>The number of questions to make; null for the default.</summary>
    public int? Sample { get; init; }

    /// <summary>The largest number of requests to each server in a second.</summary>
    public double Rate { get; init; }

    /// <summary>The HTML page to write; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>True to show data of identities.</summary>
    public bool ShowsIdentities { get; init; }

    /// <summary>Returns the mistake in the arguments; null if there is none.</summary>
    public string? FindMistake() =>
        !OperatorRequest.IsAddress(With) ? $"--with {With}: must be an address such as https://edge.api.flagsmith.com/api/v1."
        : Url is not null && !OperatorRequest.IsAddress(Url) ? OperatorRequest.NoAddress(Url)
        : Sample is < 0 ? "--sample: must not be negative."
        : Rate is not (> 0 and <= MaxRate) ? $"--rate: must be greater than 0, and at most {MaxRate}."
        : null;
}
