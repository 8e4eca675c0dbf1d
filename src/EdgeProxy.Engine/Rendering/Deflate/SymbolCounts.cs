namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>Counts the uses of each symbol, from which a code is made.</summary>
internal sealed class SymbolCounts
{
    private readonly long[] _literalsAndLengths = new long[DeflateSymbols.LiteralsAndLengths];
    private readonly long[] _distances = new long[DeflateSymbols.Distances];

    public ReadOnlySpan<long> LiteralsAndLengths => _literalsAndLengths;

    public ReadOnlySpan<long> Distances => _distances;

    public long Total => _literalsAndLengths.Sum();

    /// <summary>Counts tokens.</summary>
    public void Add(ReadOnlySpan<DeflateToken> tokens, long weight)
    {
        foreach (var token in tokens)
        {
            if (token.IsMatch)
            {
                AddMatch(token.Length, token.Distance, weight);
            }
            else
            {
                _literalsAndLengths[token.Literal] += weight;
            }
        }
    }

    /// <summary>Counts text that is written byte by byte.</summary>
    public void AddLiterals(ReadOnlySpan<byte> text, long weight)
    {
        foreach (var literal in text)
        {
            _literalsAndLengths[literal] += weight;
        }
    }

    /// <summary>Counts a match.</summary>
    public void AddMatch(int length, int distance, long weight)
    {
        _literalsAndLengths[DeflateSymbols.OfLength(length).Symbol] += weight;
        _distances[DeflateSymbols.OfDistance(distance).Symbol] += weight;
    }
}
