namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// Where the parts of a rendered flag are, counted from its opening brace: what it has in common with any other flag, and
/// what it has not. In turn: <see cref="Opening"/>, the id, <see cref="BeforeName"/>, the name, the type and what is around
/// it, <c>tru</c> or <c>fals</c>, <see cref="BeforeValue"/>, the value and the closing brace.
/// </summary>
/// <param name="IdEnd">The end of the id.</param>
/// <param name="NameEnd">The end of the name: its closing quote.</param>
/// <param name="EnabledStart">The <c>t</c> or <c>f</c>.</param>
/// <param name="ValueStart">The first byte of the value.</param>
internal readonly record struct FlagLayout(int IdEnd, int NameEnd, int EnabledStart, int ValueStart)
{
    /// <summary>The start of the name, behind its opening quote.</summary>
    public int NameStart => IdEnd + BeforeName.Length;

    /// <summary>The last letter of true or false.</summary>
    public int EnabledEnd => ValueStart - BeforeValue.Length;

    /// <summary>What every flag starts with.</summary>
    public static ReadOnlySpan<byte> Opening => "{\"feature\":{\"id\":"u8;

    /// <summary>What is between id and name.</summary>
    public static ReadOnlySpan<byte> BeforeName => ",\"name\":\""u8;

    /// <summary>What is between whether it is enabled and the value.</summary>
    public static ReadOnlySpan<byte> BeforeValue => "e,\"feature_state_value\":"u8;

    private static ReadOnlySpan<byte> BeforeType => "\",\"type\":\""u8;

    private static ReadOnlySpan<byte> BeforeEnabled => "\"},\"enabled\":"u8;

    /// <summary>The layout of a flag.</summary>
    /// <param name="json">As <see cref="FlagRenderer"/> writes it.</param>
    public static FlagLayout Of(ReadOnlySpan<byte> json)
    {
        // No name and no type can have these in them: there the quotes would be escaped.
        var idEnd = Opening.Length + json[Opening.Length..].IndexOf((byte)',');
        var nameStart = idEnd + BeforeName.Length;
        var nameEnd = nameStart + json[nameStart..].IndexOf(BeforeType);
        var typeStart = nameEnd + BeforeType.Length;
        var enabledStart = typeStart + json[typeStart..].IndexOf(BeforeEnabled) + BeforeEnabled.Length;
        var enabledEnd = enabledStart + (json[enabledStart] == (byte)'t' ? 3 : 4);
        return new FlagLayout(idEnd, nameEnd, enabledStart, enabledEnd + BeforeValue.Length);
    }
}
