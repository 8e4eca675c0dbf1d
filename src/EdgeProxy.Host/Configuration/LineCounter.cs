namespace EdgeProxy.Host.Configuration;

/// <summary>Converts ascending positions in a text to line numbers.</summary>
internal sealed class LineCounter
{
    private readonly byte[] _text;
    private int _position;
    private int _line = 1;

    public LineCounter(byte[] text)
    {
        _text = text;
    }

    /// <summary>Returns the line of a position, from 1.</summary>
    public int LineAt(long position)
    {
        _line += _text.AsSpan(_position..(int)position).Count((byte)'\n');
        _position = (int)position;
        return _line;
    }
}
