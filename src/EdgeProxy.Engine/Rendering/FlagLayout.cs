namespace EdgeProxy.Engine.Rendering;

/// <summary>
/// Positions of the parts of a rendered flag, counted from its opening brace: what it has in common with any other flag, and
/// what it has not. In turn: <see cref="Opening"/>, the id, <see cref="BeforeName"/>, the name, the type and what is around
/// it, true or false, variant and reason (unless details are off), <see cref="BeforeValue"/>, the value, and what is left.
/// </summary>
/// <param name="IdEnd">The end of the id.</param>
/// <param name="NameEnd">The end of the name: its closing quote.</param>
/// <param name="EnabledStart">The <c>t</c> or <c>f</c>.</param>
/// <param name="EnabledEnd">The last letter of true or false.</param>
/// <param name="ValueStart">The first byte of the value.</param>
internal readonly record struct FlagLayout(int IdEnd, int NameEnd, int EnabledStart, int EnabledEnd, int ValueStart)
{
    /// <summary>The start of the name, behind its opening quote.</summary>
    public int NameStart => IdEnd + BeforeName.Length;

    /// <summary>The start of variant and reason, with the comma before them.</summary>
    public int DetailsStart => EnabledEnd + 1;

    /// <summary>The end of variant and reason; <see cref="DetailsStart"/> where details are off.</summary>
    public int DetailsEnd => ValueStart - BeforeValue.Length;

    /// <summary>The text that every flag starts with.</summary>
    public static ReadOnlySpan<byte> Opening => "{\"feature\":{\"id\":"u8;

    /// <summary>The text between id and name.</summary>
    public static ReadOnlySpan<byte> BeforeName => ",\"name\":\""u8;

    /// <summary>The text before the value.</summary>
    public static ReadOnlySpan<byte> BeforeValue => ",\"feature_state_value\":"u8;

    private static ReadOnlySpan<byte> BeforeType => "\",\"type\":\""u8;

    private static ReadOnlySpan<byte> BeforeEnabled => "\"},\"enabled\":"u8;

    /// <summary>Finds the layout of a flag.</summary>
    /// <param name="text">As <see cref="FlagRenderer"/> writes it.</param>
    public static FlagLayout Of(in FlagText text)
    {
        // No name, type or reason can contain these: there the quotes would be escaped.
        var head = text.Head;
        var idEnd = Opening.Length + head[Opening.Length..].IndexOf((byte)',');
        var nameStart = idEnd + BeforeName.Length;
        var nameEnd = nameStart + head[nameStart..].IndexOf(BeforeType);
        var typeStart = nameEnd + BeforeType.Length;
        var enabledStart = typeStart + head[typeStart..].IndexOf(BeforeEnabled) + BeforeEnabled.Length;
        var enabledEnd = enabledStart + (head[enabledStart] == (byte)'t' ? 3 : 4);
        var beforeValue = text.Tail.IsEmpty
            ? enabledEnd + head[enabledEnd..].IndexOf(BeforeValue)
            : text.TailStart + text.Tail.IndexOf(BeforeValue);
        return new FlagLayout(idEnd, nameEnd, enabledStart, enabledEnd, beforeValue + BeforeValue.Length);
    }
}
