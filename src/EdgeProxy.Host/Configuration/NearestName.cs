namespace EdgeProxy.Host.Configuration;

/// <summary>Finds the known name that is nearest to a misspelled one.</summary>
internal static class NearestName
{
    /// <summary>Finds the nearest known name; null if none is near.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="names">The known names.</param>
    public static string? Of(string name, IReadOnlyList<string> names)
    {
        var (nearest, distance) = names
            .Select(known => (known, Distance(name, known)))
            .MinBy(static candidate => candidate.Item2);
        return distance <= Math.Max(2, name.Length / 3) ? nearest : WithSameEnd(name, names);
    }

    /// <summary>Determines whether a name is another one with one character too many, too few, wrong or swapped.</summary>
    public static bool IsTypo(string name, string known) => Math.Abs(name.Length - known.Length) <= 1 && Distance(name, known) == 1;

    /// <summary>Finds the right name in the wrong place.</summary>
    private static string? WithSameEnd(string name, IReadOnlyList<string> names)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return names.FirstOrDefault(known => known == last || known.EndsWith('.' + last, StringComparison.Ordinal));
    }

    /// <summary>Calculates the number of characters to insert, delete, replace or swap with their neighbour.</summary>
    private static int Distance(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Cheapest(table, from, to, i, j);
            }
        }

        return table[from.Length, to.Length];
    }

    private static int Cheapest(int[,] table, string from, string to, int i, int j)
    {
        var isSame = from[i - 1] == to[j - 1];
        var best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (isSame ? 0 : 1));
        return i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
    }
}
