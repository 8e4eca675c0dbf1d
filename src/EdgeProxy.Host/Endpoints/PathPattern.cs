using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// A path with a parameter: one segment, as in <c>/a/{key}/b</c>, or all that follows, as in <c>/a/{*key}</c>.
/// </summary>
internal sealed class PathPattern
{
    private readonly string _before;
    private readonly string _after;
    private readonly bool _takesRest;

    /// <param name="path">The path, without a final slash.</param>
    public PathPattern(string path)
    {
        _before = path[..path.IndexOf('{', StringComparison.Ordinal)];
        _takesRest = path.Contains("{*", StringComparison.Ordinal);
        _after = path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Determines whether a path has a parameter.</summary>
    public static bool IsPattern(string path) => path.Contains('{', StringComparison.Ordinal);

    /// <summary>Determines whether a raw path is of this form, with a final slash or without.</summary>
    public bool IsMatch(ReadOnlySpan<char> path) => !ParameterOf(!_takesRest && path is [.., '/'] ? path[..^1] : path).IsEmpty;

    /// <summary>The parameter of a request target that is of this form, decoded.</summary>
    public string DecodeParameterOf(string rawTarget)
    {
        var path = RawTarget.PathOf(rawTarget);
        return Uri.UnescapeDataString(ParameterOf(path is [.., '/'] ? path[..^1] : path));
    }

    /// <summary>The parameter as it stands in a raw path, percent-encoded; empty if the path is not of this form.</summary>
    public ReadOnlySpan<char> ParameterOf(ReadOnlySpan<char> path)
    {
        if (path.Length <= _before.Length + _after.Length
            || !path.StartsWith(_before, StringComparison.Ordinal)
            || !path.EndsWith(_after, StringComparison.Ordinal))
        {
            return default;
        }

        var parameter = path[_before.Length..^_after.Length];
        return _takesRest ? parameter : parameter.Contains('/') || parameter is "." or ".." ? default : parameter;
    }
}
