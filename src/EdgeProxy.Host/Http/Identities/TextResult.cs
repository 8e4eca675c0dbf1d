namespace EdgeProxy.Host.Http.Identities;

/// <summary>The outcome of reading a text from a body.</summary>
internal enum TextResult
{
    /// <summary>It can be used.</summary>
    Ok,

    /// <summary>It is longer than allowed.</summary>
    TooLong,

    /// <summary>It has half of a surrogate pair.</summary>
    NotUnicode,
}
