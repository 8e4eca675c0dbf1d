namespace EdgeProxy.Host.Configuration;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Path">Its name, as in <c>environment_key_pairs[0].server_side_key</c>.</param>
/// <param name="Message">What was expected.</param>
internal sealed record SettingProblem(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
