using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Commands;

/// <summary>The arguments of <c>edge-proxy explain</c>.</summary>
internal sealed record ExplainArguments
{
    /// <summary>The identifier; null for environment flags.</summary>
    public string? Identifier { get; init; }

    /// <summary>The traits, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Traits { get; init; } = [];

    /// <summary>The only feature; null for all.</summary>
    public string? Feature { get; init; }

    /// <summary>The environment key; null for that of the only environment.</summary>
    public string? Key { get; init; }

    /// <summary>True to evaluate everything.</summary>
    public bool IsComplete { get; init; }

    /// <summary>True to print JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The proxy to ask; null for the local one.</summary>
    public string? Url { get; init; }

    /// <summary>The admin token.</summary>
    public string? Token { get; init; }

    /// <summary>True to fetch the document from the API.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Returns the mistake in the arguments; null if there is none.</summary>
    public string? FindMistake() =>
        Identifier is "" ? "--identifier: must not be empty."
        : Traits.FirstOrDefault(static trait => trait.IndexOf('=', StringComparison.Ordinal) < 1) is { } trait ? $"--trait {trait}: must be NAME=VALUE."
        : Traits.Count > 0 && Identifier is null ? "--trait: needs --identifier."
        : Url is not null && !OperatorRequest.IsAddress(Url) ? OperatorRequest.NoAddress(Url)
        : Url is not null && IsOnline ? "--online: not together with --url."
        : null;

    /// <summary>Creates the identity; null for environment flags.</summary>
    public Identity? ToIdentity()
    {
        if (Identifier is null)
        {
            return null;
        }

        var identity = new Identity(Identifier);
        foreach (var trait in Traits)
        {
            var end = trait.IndexOf('=', StringComparison.Ordinal);
            identity.Traits[trait[..end]] = ValueOf(trait[(end + 1)..]);
        }

        return identity;
    }

    private static ScalarValue ValueOf(string text)
    {
        if (bool.TryParse(text, out var boolean) && text is "true" or "false")
        {
            return boolean;
        }

        if (text is ['"', .., '"'])
        {
            return text[1..^1];
        }

        try
        {
            return ScalarValue.FromJsonNumber(text);
        }
        catch (FormatException)
        {
            return text;
        }
    }
}
