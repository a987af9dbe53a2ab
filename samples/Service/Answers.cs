using System.Text.Json.Serialization;
using Unroll.Extensions;

namespace Unroll.Samples;

/// <summary>What an image shows.</summary>
internal sealed record Answer(int Digit, float[] Probabilities)
{
    /// <summary>The answers for some samples.</summary>
    public static Answer[] Of(ReadOnlySpan<float> outputs)
    {
        var answers = new Answer[outputs.Length / DigitClassifier.OutputSize];
        for (int i = 0; i < answers.Length; i++)
        {
            float[] probabilities = outputs.Slice(i * DigitClassifier.OutputSize, DigitClassifier.OutputSize).ToArray();
            answers[i] = new Answer(Array.IndexOf(probabilities, probabilities.Max()), probabilities);
        }

        return answers;
    }
}

/// <summary>What images show, in their order.</summary>
internal sealed record BatchAnswer(Answer[] Answers);

/// <summary>Which network and which weights answer.</summary>
internal sealed record ModelAnswer(string Network, int Parameters, int VectorBits, ModelVersion Version, string? Fault, int Waiting);

/// <summary>How the service is.</summary>
internal sealed record HealthAnswer(string Status, string? Description);

[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(ModelAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class AnswerJson : JsonSerializerContext;
