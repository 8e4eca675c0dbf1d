namespace EdgeProxy.Engine.Evaluation;

/// <summary>The state of a flag's resolution.</summary>
internal enum Resolution : byte
{
    /// <summary>Nothing has read the flag yet.</summary>
    Unread,

    /// <summary>The flag is being resolved.</summary>
    OnStack,

    /// <summary>The flag depends on itself, and has no value for conditions.</summary>
    Cyclic,

    /// <summary>The flag is decided.</summary>
    Resolved,
}
