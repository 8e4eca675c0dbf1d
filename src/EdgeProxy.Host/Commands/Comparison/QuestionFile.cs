using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Reads questions from a file with the body of a request in each line.</summary>
internal static class QuestionFile
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="CompareException">It cannot be read, or a line is not an object in JSON.</exception>
    public static IReadOnlyList<Question> Read(string path)
    {
        try
        {
            var questions = new List<Question>();
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                {
                    questions.Add(new Question(Question.FromFile, $"line {number}", IsObject(line) ? Encoding.UTF8.GetBytes(line) : throw new CompareException($"{path}, line {number}: must be the body of a request, such as {{\"identifier\": \"ada\", \"traits\": []}}.")));
                }
            }

            return questions;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CompareException($"{path} cannot be read: {FileErrors.Describe(path, exception)}.", exception);
        }
    }

    private static bool IsObject(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
