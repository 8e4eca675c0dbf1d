namespace EdgeProxy.Engine.Model;

/// <summary>The type of a <see cref="ScalarValue"/> (docs/spec/evaluation.md 1.3).</summary>
public enum ScalarKind : byte
{
    /// <summary>No value; JSON <c>null</c>.</summary>
    Null,

    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number of any size, written without fraction and exponent.</summary>
    Integer,

    /// <summary>A number written with a fraction or an exponent; computed with as an IEEE double.</summary>
    Double,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}
