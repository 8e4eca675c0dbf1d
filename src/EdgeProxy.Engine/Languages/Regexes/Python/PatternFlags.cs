namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>The inline flags of a pattern, by their letters <c>i m s x a u</c>.</summary>
[Flags]
internal enum PatternFlags
{
    None = 0,
    IgnoreCase = 1,
    Multiline = 2,
    DotAll = 4,
    Verbose = 8,
    Ascii = 16,

    /// <summary>The default; only told apart from it because a pattern must not ask for this and for ASCII.</summary>
    Unicode = 32,
}
