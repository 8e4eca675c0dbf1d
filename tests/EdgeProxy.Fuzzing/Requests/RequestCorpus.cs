namespace EdgeProxy.Fuzzing.Requests;

/// <summary>Requests for every endpoint that are as they should be, or wrong in a way that has an answer of its own.</summary>
internal static class RequestCorpus
{
    private const string Key = "X-Environment-Key: demo";
    private const string ServerKey = "X-Environment-Key: ser.demo";
    private const string OtherServerKey = "X-Environment-Key: ser.workload";
    private const string Page = "Origin: https://shop.example";
    private const string Somebody = """{"identifier":"grace@example.com"}""";
    private const string Bearer = "Authorization: Bearer ser.demo";
    private const string Bulk = "POST /ofrep/v1/evaluate/flags";
    private const string Context =
        """{"context":{"targetingKey":"bób \ud83d\ude00","plan":"enterprise","seats":100,"rate":-1.5e+3,"beta_opt_out":true,"app_version":null,"device":{"os":["a"]},"traits":{"seats":1}}}""";

    private const string AllTypes =
        """{"identifier":"bób \ud83d\ude00","traits":[{"trait_key":"plan","trait_value":"enterprise"},{"trait_key":"seats","trait_value":100},{"trait_key":"rate","trait_value":-1.5e+3},{"trait_key":"beta_opt_out","trait_value":true},{"trait_key":"app_version","trait_value":null},{"trait_key":"seats","trait_value":1,"transient":true}],"transient":false}""";

    /// <summary>Requests of a well-behaved client, whose responses never change.</summary>
    public static IReadOnlyList<CorpusRequest> WellBehaved { get; } =
    [
        CorpusRequest.Of("GET /api/v1/flags/", [Key]),
        CorpusRequest.Of("GET /api/v1/flags/?feature=banner", [ServerKey]),
        CorpusRequest.Of("POST /api/v1/identities/", [Key], AllTypes),
        CorpusRequest.Of("GET /api/v1/identities/?identifier=grace%40example.com", [ServerKey, Page]),
        CorpusRequest.Of("GET /api/v1/environment-document/", [ServerKey]),
        CorpusRequest.Of("GET /api/v1/flags/", ["X-Environment-Key: nobody"]),
        CorpusRequest.Of("POST /api/v1/identities/", [Key], """{"identifier":7}"""),
        CorpusRequest.Of("GET /nowhere", [Key]),
        CorpusRequest.Of("POST /ofrep/v1/evaluate/flags", [Key, Page], Context),
        CorpusRequest.Of("POST /ofrep/v1/evaluate/flags/banner", [Bearer], Context),
    ];

    /// <summary>Requests that are answered, one behind the other.</summary>
    public static IReadOnlyList<CorpusRequest> All { get; } =
    [
        .. WellBehaved,
        CorpusRequest.Of("GET /api/v1/flags", [ServerKey, "Accept-Encoding: gzip, deflate, br"]),
        CorpusRequest.Of("GET /api/v1/flags/?feature=nothing", [Key, "Accept-Encoding: gzip;q=0.5, *;q=0"]),
        CorpusRequest.Of("GET /api/v1/flags/?feature=%62anner&x=%C3%A9+", [Key, Page]),
        CorpusRequest.Of("HEAD /api/v1/flags/", [Key]),
        CorpusRequest.Of("POST /api/v1/flags/", [Key], "{}"),
        CorpusRequest.Of("DELETE /api/v1/identities/", [Key]),
        CorpusRequest.Of("POST /api/v1/identities", [ServerKey, "Accept-Encoding: gzip", "Content-Type: application/json"], Somebody),
        CorpusRequest.Of("POST /api/v1/identities/", [OtherServerKey, "Accept-Encoding: gzip"], AllTypes),
        CorpusRequest.Of("POST /api/v1/identities/", [OtherServerKey, "Accept-Encoding: br"], AllTypes),
        CorpusRequest.Of("POST /api/v1/identities/", [Key], """{"traits":[{"trait_key":"plan","trait_value":"pro"}]}"""),
        CorpusRequest.Of("POST /api/v1/identities/", [Key], """{"identifier":null}""") with { IsSteady = false },
        CorpusRequest.Of("POST /api/v1/identities/?identifier=query", [Key], """{"identifier":"","traits":null}"""),
        CorpusRequest.Of("POST /api/v1/identities/", [Key], """{"identifier":"x","traits":[{"trait_value":{}}]}"""),
        CorpusRequest.Of("POST /api/v1/identities/", [Key], """{"identifier":"""),
        CorpusRequest.Of("POST /api/v1/identities/", [Key], ""),
        CorpusRequest.Of("POST /api/v1/identities/", [Key, "Expect: 100-continue"], Somebody),
        CorpusRequest.Of("HEAD /api/v1/identities/?identifier=a&transient=true", [Key]),
        CorpusRequest.Of("GET /api/v1/identities/", [Key]),
        CorpusRequest.InChunks("POST /api/v1/identities/", [Key], Somebody[..10], Somebody[10..]),
        CorpusRequest.InChunks("POST /api/v1/identities/", [Key, Page], AllTypes),
        CorpusRequest.Of("GET /api/v1/environment-document/", [Key]),
        CorpusRequest.Of("GET /api/v1/environment-document/", [ServerKey, "If-Modified-Since: Sun, 01 Nov 2026 12:00:00 GMT"]),
        CorpusRequest.Of("GET /api/v1/environment-document/", [ServerKey, "If-None-Match: W/\"a\", \"b\", *"]),
        CorpusRequest.Of("GET /api/v1/environment-document/", [ServerKey, "If-None-Match: \"other\"", "Accept-Encoding: br"]),
        CorpusRequest.Of("GET /api/v1/environment-document/", [OtherServerKey, "Accept-Encoding: gzip"]),
        CorpusRequest.Of("HEAD /api/v1/environment-document/", [ServerKey]),
        CorpusRequest.Of(Bulk, ["X-API-Key: demo", "If-None-Match: \"a\", W/\"b\""], "{}"),
        CorpusRequest.Of(Bulk + "/", [Bearer, "If-None-Match: *", "Accept-Encoding: gzip"], Context),
        CorpusRequest.Of(Bulk + "?flagConfigEtag=x&flagConfigLastModified=y", [OtherServerKey, "Accept-Encoding: br"], Context),
        CorpusRequest.Of(Bulk, [OtherServerKey, "Accept-Encoding: gzip"], Context),
        CorpusRequest.Of(Bulk, [Key]),
        CorpusRequest.Of(Bulk, [Key], """{"context":{"targetingKey":7,"plan":"enterprise"},"context":null}"""),
        CorpusRequest.Of(Bulk, [Key], """{"context":{"plan":"enterprise","traits":"x"}}"""),
        CorpusRequest.Of(Bulk, [Key], """{"context":[]}"""),
        CorpusRequest.Of(Bulk, [Key], """{"context":{"targetingKey":true}}"""),
        CorpusRequest.Of(Bulk + "/%62anner/", [Key], "null"),
        CorpusRequest.Of(Bulk + "/no%2Fsuch+flag%FF", [Key], Context),
        CorpusRequest.Of("GET /ofrep/v1/evaluate/flags/banner", [Key]),
        CorpusRequest.Of("GET /ofrep/v1/configuration", [Key]),
        CorpusRequest.Of("GET /ofrep/v1/events", [Key]),
        CorpusRequest.Of("GET /ofrep/v1/events?environment=ser.demo&x=%zz", [Page]),
        CorpusRequest.Of("POST /ofrep/v1/events?environment=demo", [Key], "{}"),
        CorpusRequest.Of("POST /ofrep/v1/evaluate/flags", ["X-API-Key: nobody"], "{}"),
        CorpusRequest.InChunks(Bulk + "/banner", [Key], Context[..20], Context[20..]),
        CorpusRequest.Of("OPTIONS /ofrep/v1/evaluate/flags", [Page, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-api-key, if-none-match"]),
        CorpusRequest.Of("OPTIONS /api/v1/flags/", [Page, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-environment-key, content-type"]),
        CorpusRequest.Of("OPTIONS /api/v1/flags/", [Key]),
        CorpusRequest.Of("GET /health") with { IsSteady = false },
        CorpusRequest.Of("GET /proxy/health?verbose") with { IsSteady = false },
        CorpusRequest.Of("HEAD /proxy/health/readiness") with { IsSteady = false },
        CorpusRequest.Of("GET /proxy/health/liveness"),
        CorpusRequest.Of("GET /proxy/environments") with { IsSteady = false },
        CorpusRequest.Of("GET /proxy/environments", ["Authorization: Bearer wrong"]),
        CorpusRequest.Of("GET /proxy/environments", ["X-Forwarded-For: 192.0.2.1"]),
    ];

    /// <summary>The seeds of mutations: event streams too, whose answers do not end.</summary>
    public static IReadOnlyList<CorpusRequest> Seeds { get; } =
    [
        .. All,
        CorpusRequest.Of("GET /ofrep/v1/events?environment=demo", [Page]),
        CorpusRequest.Of("GET /ofrep/v1/events/?x=1&environment=workload", ["Last-Event-ID: 0123456789abcdef", "Accept-Encoding: gzip"]),
        CorpusRequest.Of("GET /ofrep/v1/events?environment=demo&lastEventId=%zz", ["Accept: text/event-stream"]),
    ];
}
