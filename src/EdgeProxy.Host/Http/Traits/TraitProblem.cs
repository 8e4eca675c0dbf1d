namespace EdgeProxy.Host.Http.Traits;

/// <summary>An error in a member of a trait; the texts are those of Django REST framework, which SDK authors know.</summary>
internal enum TraitProblem
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The member is missing.</summary>
    Missing,

    /// <summary>The member is null.</summary>
    Null,

    /// <summary>The text is empty or white space.</summary>
    Blank,

    /// <summary>The member is not a string.</summary>
    NotText,

    /// <summary>The text contains half of a surrogate pair.</summary>
    NotUnicode,

    /// <summary>The text has too many characters.</summary>
    TooLong,

    /// <summary>The member is not an object.</summary>
    NotAnObject,

    /// <summary>The value is an object or an array.</summary>
    NotAScalar,
}
