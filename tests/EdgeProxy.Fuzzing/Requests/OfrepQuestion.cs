namespace EdgeProxy.Fuzzing.Requests;

/// <summary>The question of a case that is one well-formed request of OFREP.</summary>
internal enum OfrepQuestion
{
    /// <summary>It is no such case.</summary>
    None,

    /// <summary>One flag.</summary>
    OneFlag,

    /// <summary>All flags.</summary>
    AllFlags,
}
