namespace EdgeProxy.Host.Commands.Checks;

/// <summary>The result of a check.</summary>
internal enum CheckStatus
{
    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>Not checked, because it does not apply or because of an earlier failure.</summary>
    Skipped,

    /// <summary>The proxy works, but something should be changed.</summary>
    Warning,

    /// <summary>The proxy does not work, or serves no current flags.</summary>
    Failure,
}
