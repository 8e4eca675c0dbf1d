namespace EdgeProxy.Host.Configuration;

/// <summary>An invalid setting.</summary>
/// <param name="Path">Its name, as in <c>environment_key_pairs[0].server_side_key</c>.</param>
/// <param name="Message">The error, or the expected value.</param>
internal sealed record SettingProblem(string Path, string Message)
{
    /// <summary>The source of the value; null if it is not known.</summary>
    public SettingSource? Source { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Source is null ? $"{Path}: {Message}" : $"{Path}: {Message} ({Source})";
}
