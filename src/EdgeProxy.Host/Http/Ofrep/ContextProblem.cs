namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>An error in the body of an OFREP request.</summary>
internal enum ContextProblem
{
    /// <summary>None.</summary>
    None,

    /// <summary>The body is not JSON in UTF-8.</summary>
    NotJson,

    /// <summary>The body is not an object.</summary>
    BodyNotObject,

    /// <summary>The member <c>context</c> is not an object.</summary>
    ContextNotObject,

    /// <summary>The targeting key is neither a string nor a number.</summary>
    TargetingKeyType,

    /// <summary>The targeting key is too long, or not Unicode.</summary>
    TargetingKeyText,

    /// <summary>More attributes are traits than a request may have.</summary>
    TooManyTraits,
}
