namespace EdgeProxy.Engine.Evaluation;

/// <summary>The kind of a slot's value, after strings that are numbers were converted to numbers.</summary>
internal enum SlotKind : byte
{
    /// <summary>No value: missing or null.</summary>
    None,

    /// <summary>The boolean false.</summary>
    False,

    /// <summary>The boolean true.</summary>
    True,

    /// <summary>A whole number of at most 18 digits.</summary>
    Integer,

    /// <summary>A larger whole number, as decimal text without leading zeros.</summary>
    BigInteger,

    /// <summary>A double.</summary>
    Double,

    /// <summary>Text.</summary>
    Text,
}
