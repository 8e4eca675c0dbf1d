using System.Net;
using System.Text;
using EdgeProxy.Fuzzing.Responses;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>The response to each request of the corpus when it is sent alone.</summary>
internal sealed class KnownAnswers
{
    private readonly string[] _answers;

    private KnownAnswers(string[] answers)
    {
        _answers = answers;
    }

    /// <summary>Asks everything.</summary>
    /// <exception cref="MalformedResponseException">There is no good answer to a good request.</exception>
    public static async Task<KnownAnswers> AskAsync(EndPoint proxy, CancellationToken cancellationToken)
    {
        var answers = new string[RequestCorpus.All.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var bytes = RequestCorpus.All[i].Bytes;
            var transcript = await Conversation.RunAsync(proxy, new RequestCase(-1, [bytes]) { Known = [i] }, cancellationToken);
            var responses = ResponseParser.ReadAll(transcript.Received, ResponseExpectations.Of(bytes, wasCutOff: false));
            if (transcript.End != ConversationEnd.Closed || responses.Count != 2)
            {
                throw new MalformedResponseException($"{responses.Count} answers to a request of the corpus, then {transcript.End}: {Escaped.Text(bytes)}");
            }

            answers[i] = Essence(i, responses[0]);
        }

        return new KnownAnswers(answers);
    }

    /// <summary>The statuses, to see that the corpus reaches what it should.</summary>
    public IEnumerable<int> Statuses => _answers.Select(static answer => int.Parse(answer.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>True if an answer is the one to that request.</summary>
    public bool IsRight(int request, ParsedResponse response) => Essence(request, response) == _answers[request];

    /// <summary>The part of a response that is always the same. The coding of a body may change: bodies are compressed in the background.</summary>
    private static string Essence(int request, ParsedResponse response)
    {
        var body = ResponseRules.Check(response);
        return RequestCorpus.All[request].IsSteady
            ? $"{response.Status} {response.Header("Content-Type")} {response.Header("Allow")} {Encoding.Latin1.GetString(body)}"
            : $"{response.Status}";
    }
}
