using System.Text.Json;

namespace Unroll.Samples;

/// <summary>Writes answers, a line of JSON each. Without a serializer the program stays small.</summary>
internal sealed class Answers(Stream stream) : IDisposable
{
    private readonly Utf8JsonWriter _writer = new(stream);

    /// <summary>The likeliest species, and the probabilities of all.</summary>
    public void Write(ReadOnlySpan<float> probabilities)
    {
        int likeliest = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            likeliest = probabilities[i] > probabilities[likeliest] ? i : likeliest;
        }

        _writer.WriteStartObject();
        _writer.WriteString("species", IrisClassifier.Species[likeliest]);
        _writer.WriteStartArray("probabilities");
        foreach (float probability in probabilities)
        {
            _writer.WriteNumberValue(probability);
        }

        _writer.WriteEndArray();
        EndLine();
    }

    /// <summary>What is wrong with a request.</summary>
    public void WriteError(string message)
    {
        _writer.WriteStartObject();
        _writer.WriteString("error", message);
        EndLine();
    }

    public void Dispose() => _writer.Dispose();

    private void EndLine()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        stream.Write("\n"u8);
        stream.Flush();
        _writer.Reset();
    }
}
