namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>In which order a repetition tries its counts.</summary>
internal enum RepeatMode
{
    /// <summary>As often as possible first: <c>*</c>.</summary>
    Greedy,

    /// <summary>As rarely as possible first: <c>*?</c>.</summary>
    Lazy,

    /// <summary>As often as possible, and no other count: <c>*+</c>.</summary>
    Possessive,
}
