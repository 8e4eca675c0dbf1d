using EdgeProxy.Fuzzing.Mutations;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>
/// Cases by their numbers. Of six, two are made of whole requests, cut in two at every place one after the other, or several
/// behind each other cut anywhere: their answers must be as if each had come alone. One is a request of OFREP with any key of
/// a flag and any body. The others are mutated.
/// </summary>
internal sealed class RequestCases
{
    private const int MaxPieces = 6;

    // Every place of every request, in the order of the corpus.
    private static readonly (int Request, int Place)[] Places =
    [
        .. RequestCorpus.All.SelectMany(static (request, i) => Enumerable.Range(0, request.Bytes.Length).Select(place => (i, place))),
    ];

    private readonly FuzzSettings _settings;

    public RequestCases(FuzzSettings settings)
    {
        _settings = settings;
    }

    /// <summary>The case with a number.</summary>
    public RequestCase this[long number]
    {
        get
        {
            var random = _settings.RandomOf(number);
            return (number % 6) switch
            {
                0 => CutAt(number, Places[(number / 6) % Places.Length]),
                1 => OfOfrep(number, random),
                3 => Pipelined(number, random),
                _ => Mutated(number, random),
            };
        }
    }

    private static RequestCase CutAt(long number, (int Request, int Place) cut)
    {
        var bytes = RequestCorpus.All[cut.Request].Bytes;
        return new RequestCase(number, cut.Place == 0 ? [bytes] : [bytes[..cut.Place], bytes[cut.Place..]]) { Known = [cut.Request] };
    }

    private static RequestCase OfOfrep(long number, Random random)
    {
        var (bytes, question) = OfrepRequests.Make(random);
        return new RequestCase(number, Cut(bytes, random)) { Ofrep = question };
    }

    private static RequestCase Pipelined(long number, Random random)
    {
        var requests = Enumerable.Range(0, random.Next(2, 12)).Select(_ => random.Next(RequestCorpus.All.Count)).ToArray();
        byte[] bytes = [.. requests.SelectMany(static i => RequestCorpus.All[i].Bytes)];
        return new RequestCase(number, Cut(bytes, random)) { Known = requests };
    }

    private static RequestCase Mutated(long number, Random random)
    {
        var bytes = OneMutated(random);
        for (var more = random.Next(4); more > 0 && random.Next(2) == 0; more--)
        {
            // In front of it, or behind: what a request leaves of a connection is the next one's business.
            var other = random.Next(2) == 0 ? OneMutated(random) : RequestCorpus.All[random.Next(RequestCorpus.All.Count)].Bytes;
            bytes = random.Next(2) == 0 ? [.. other, .. bytes] : [.. bytes, .. other];
        }

        return new RequestCase(number, Cut(bytes, random)) { IsReset = random.Next(20) == 0 };
    }

    private static byte[] OneMutated(Random random)
    {
        var request = RequestCorpus.Seeds[random.Next(RequestCorpus.Seeds.Count)].Bytes;
        if (random.Next(5) < 3)
        {
            request = RequestShapes.Apply(request, random);
        }

        return random.Next(5) < 2 ? request : ByteMutator.Mutate(request, random);
    }

    private static List<byte[]> Cut(byte[] bytes, Random random)
    {
        var pieces = new List<byte[]>();
        if (random.Next(3) > 0)
        {
            return [bytes];
        }

        var rest = bytes.AsSpan();
        while (rest.Length > 1 && pieces.Count < MaxPieces && random.Next(4) > 0)
        {
            var length = random.Next(1, rest.Length);
            pieces.Add(rest[..length].ToArray());
            rest = rest[length..];
        }

        pieces.Add(rest.ToArray());
        return pieces;
    }
}
