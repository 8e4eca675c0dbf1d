namespace EdgeProxy.Engine.Rendering.Ofrep;

/// <summary>The parts of a rendered flag that OFREP needs, as JSON.</summary>
internal readonly ref struct RenderedState
{
    private RenderedState(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, bool isEnabled, ReadOnlySpan<byte> value)
    {
        Id = id;
        Name = name;
        IsEnabled = isEnabled;
        Value = value;
    }

    /// <summary>The feature's id, or <c>null</c>.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>The feature's name with its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>True if the feature is on.</summary>
    public bool IsEnabled { get; }

    /// <summary>The value: a string, a number, a boolean or <c>null</c>.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Reads a flag.</summary>
    /// <param name="text">As <see cref="FlagRenderer"/> writes it.</param>
    public static RenderedState Of(in FlagText text)
    {
        var layout = FlagLayout.Of(in text);
        var value = text.Value(in layout);
        return new RenderedState(
            text.Head[FlagLayout.Opening.Length..layout.IdEnd],
            text.Head[(layout.NameStart - 1)..(layout.NameEnd + 1)],
            text.Head[layout.EnabledStart] == (byte)'t',
            value[..LengthOf(value)]);
    }

    /// <summary>The length of the scalar at the start of a text; metadata may follow.</summary>
    private static int LengthOf(ReadOnlySpan<byte> json)
    {
        if (json[0] != (byte)'"')
        {
            return json.IndexOfAny((byte)',', (byte)'}');
        }

        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }

            at += 2; // the backslash, and what it escapes
        }
    }
}
