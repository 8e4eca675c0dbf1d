namespace EdgeProxy.Engine.Rendering.Ofrep;

/// <summary>
/// Positions of the parts of a flag in the form of OFREP, counted from its opening brace: <see cref="Opening"/>, the key, the
/// text before the value and the value, if there is one, then reason, variant and metadata up to the feature's id, the id, and
/// what is left.
/// </summary>
/// <param name="KeyEnd">The end of the key: its closing quote.</param>
/// <param name="ValueStart">The first byte of the value; if there is none, of what follows it.</param>
/// <param name="ValueEnd">The end of the value.</param>
/// <param name="IdStart">The first byte of the feature's id; if there is none, the end of <c>true</c> or <c>false</c> before it.</param>
internal readonly record struct OfrepLayout(int KeyEnd, int ValueStart, int ValueEnd, int IdStart)
{
    /// <summary>The text that every flag starts with.</summary>
    public static ReadOnlySpan<byte> Opening => "{\"key\":\""u8;

    /// <summary>The text between key and value.</summary>
    public static ReadOnlySpan<byte> BeforeValue => "\",\"value\":"u8;

    private static ReadOnlySpan<byte> BeforeReason => ",\"reason\":\""u8;

    private static ReadOnlySpan<byte> BeforeEnabled => "\"metadata\":{\"enabled\":"u8;

    private static ReadOnlySpan<byte> BeforeId => ",\"featureId\":"u8;

    /// <summary>Finds the layout of a flag.</summary>
    /// <param name="text">As <see cref="OfrepRenderer"/> writes it.</param>
    public static OfrepLayout Of(in FlagText text)
    {
        // A quote in a text is escaped, so the first that is not ends the key. A value that is an object can contain anything.
        var head = text.Head;
        var keyEnd = Opening.Length;
        while (head[keyEnd] != (byte)'"')
        {
            keyEnd += head[keyEnd] == (byte)'\\' ? 2 : 1;
        }

        var hasValue = head[keyEnd..].StartsWith(BeforeValue);
        var valueEnd = head.LastIndexOf(BeforeReason);
        var enabledStart = head.LastIndexOf(BeforeEnabled) + BeforeEnabled.Length;
        var enabledEnd = enabledStart + (head[enabledStart] == (byte)'t' ? 4 : 5);
        var hasId = head[enabledEnd..].StartsWith(BeforeId);
        return new OfrepLayout(keyEnd, hasValue ? keyEnd + BeforeValue.Length : keyEnd + 1, valueEnd, hasId ? enabledEnd + BeforeId.Length : enabledEnd);
    }
}
