using System.Text;
using EdgeProxy.Fuzzing.Mutations;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>Requests of OFREP that are well-formed HTTP, with any key of a flag and any body.</summary>
internal static class OfrepRequests
{
    private const string Path = "/ofrep/v1/evaluate/flags";
    private const string Printable = "!\"$&'()*+,-./0123456789:;<=>@ABCXYZ[\\]^_`abcxyz{|}~";

    private const string Context =
        """{"context":{"targetingKey":"bób \ud83d\ude00","plan":"enterprise","seats":100,"rate":-1.5e+3,"traits":{"seats":1,"beta_opt_out":true},"device":{"os":["a"]}}}""";

    private static readonly string[] EnvironmentKeys =
        ["X-Environment-Key: demo", "X-API-Key: ser.demo", "Authorization: Bearer demo", "X-Environment-Key: ser.workload", "authorization: bearer ser.workload"];

    private static readonly string[] Headers =
    [
        "Accept-Encoding: gzip", "Accept-Encoding: br", "If-None-Match: *", "If-None-Match: \"x\", W/\"y\"", "Origin: https://shop.example", "Content-Type: text/plain",
        "Content-Type: application/x-www-form-urlencoded",
    ];

    private static readonly string[] Queries = ["", "", "", "?environment=demo", "?flagConfigEtag=x&flagConfigLastModified=2026-01-01T00:00:00Z", "?flagConfigEtag=%zz&="];
    private static readonly string[] Features = ["banner", "%62anner", "banner/", "feature_7", "feature%5F7", "Banner", "a+b", "..", "../flags"];
    private static readonly string[] Names = ["targetingKey", "traits", "plan", "seats", "beta_opt_out", "context", "", "\\u0070lan", "\\ud800", "é", "\\u0000"];
    private static readonly string[] Texts = ["", "enterprise", "ada", "\\ud83d\\ude00", "\\udc00", "7", "1e400", "\\u0000", "\\\"", "2026-01-01T00:00:00Z"];
    private static readonly string[] Numbers = ["0", "-0", "7", "7.0", "-1.50e3", "1e400", "123456789012345678901234567890"];

    /// <summary>Makes one.</summary>
    public static (byte[] Bytes, OfrepQuestion Question) Make(Random random)
    {
        var flag = random.Next(2) == 0 ? "" : KeyOfFlag(random);
        var body = Body(random);
        var head = new StringBuilder($"POST {Path}{(flag.Length > 0 ? $"/{flag}" : random.Next(2) == 0 ? "/" : "")}{Pick(Queries, random)} HTTP/1.1\r\nHost: localhost\r\n");
        head.Append(Pick(EnvironmentKeys, random)).Append("\r\n");
        for (var more = random.Next(3); more > 0; more--)
        {
            head.Append(Pick(Headers, random)).Append("\r\n");
        }

        head.Append($"Content-Length: {body.Length}\r\n\r\n");
        return ([.. Encoding.ASCII.GetBytes(head.ToString()), .. body], flag.Length > 0 ? OfrepQuestion.OneFlag : OfrepQuestion.AllFlags);
    }

    /// <summary>The key of a flag as it stands in a path: all but <c>%00</c>, which is malformed HTTP to the server.</summary>
    private static string KeyOfFlag(Random random)
    {
        if (random.Next(3) == 0)
        {
            return Pick(Features, random);
        }

        var key = new StringBuilder();
        for (var length = random.Next(1, random.Next(2) == 0 ? 8 : 400); length > 0; length--)
        {
            key.Append(random.Next(3) == 0 ? $"%{random.Next(1, 256):x2}" : $"{Printable[random.Next(Printable.Length)]}");
        }

        return key.ToString();
    }

    private static byte[] Body(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                var bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                return bytes;
            case 1:
                return ByteMutator.Mutate(Encoding.UTF8.GetBytes(Context), random);
            case 2:
                return Encoding.UTF8.GetBytes(Value(random, depth: 4));
            default:
                return Encoding.UTF8.GetBytes($"{{\"context\":{(random.Next(6) == 0 ? Value(random, depth: 3) : Members(random, depth: 3))}}}");
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => Pick(Numbers, random),
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)))}]",
        7 => Members(random, depth),
        _ => $"\"{Pick(Texts, random)}\"",
    };

    private static string Members(Random random, int depth) =>
        $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Pick(Names, random)}\":{Value(random, depth - 1)}"))}}}";

    private static string Pick(string[] texts, Random random) => texts[random.Next(texts.Length)];
}
