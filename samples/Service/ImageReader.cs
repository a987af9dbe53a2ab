using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Unroll.Samples;

/// <summary>Reads images from the body of a request: JSON, or floats of 4 bytes one after another, least significant byte first.</summary>
internal static class ImageReader
{
    public const string Binary = "application/octet-stream";
    public const string Json = "application/json";

    /// <param name="request">The request.</param>
    /// <param name="name">The member of the JSON object that holds the image or images.</param>
    /// <param name="isBatch">Whether that is an array of images.</param>
    /// <param name="most">How many there may be.</param>
    /// <exception cref="BadHttpRequestException">What is wrong, with the status to answer.</exception>
    public static async ValueTask<float[]> ReadAsync(HttpRequest request, string name, bool isBatch, int most)
    {
        string? type = request.ContentType?.Split(';')[0].Trim();
        if (type is not (Binary or Json))
        {
            throw Bad($"The content type must be {Json} or {Binary}, but is {type ?? "missing"}.", StatusCodes.Status415UnsupportedMediaType);
        }

        PipeReader reader = request.BodyReader;
        ReadResult result;
        while (!(result = await reader.ReadAsync(request.HttpContext.RequestAborted)).IsCompleted)
        {
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }

        try
        {
            float[] pixels = type == Binary ? FromBytes(result.Buffer) : FromJson(result.Buffer, name, isBatch, most);
            Require(pixels, most);
            return pixels;
        }
        finally
        {
            reader.AdvanceTo(result.Buffer.End);
        }
    }

    private static float[] FromBytes(in ReadOnlySequence<byte> body)
    {
        if (body.Length % sizeof(float) != 0)
        {
            throw Bad($"The body has {body.Length} bytes, which is no whole number of floats.");
        }

        float[] pixels = new float[body.Length / sizeof(float)];
        body.CopyTo(MemoryMarshal.AsBytes(pixels.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(pixels.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return pixels;
    }

    private static float[] FromJson(in ReadOnlySequence<byte> body, string name, bool isBatch, int most)
    {
        var json = new Utf8JsonReader(body);
        var pixels = new List<float>(isBatch ? 0 : DigitClassifier.InputSize);
        try
        {
            Expect(ref json, JsonTokenType.StartObject, "an object");
            bool isFound = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (isFound || !json.ValueTextEquals(name))
                {
                    throw Bad($"Expected one member, \"{name}\", but got \"{json.GetString()}\".");
                }

                isFound = true;
                Expect(ref json, JsonTokenType.StartArray, "an array");
                if (isBatch)
                {
                    ReadImages(ref json, pixels, most);
                }
                else
                {
                    ReadPixels(ref json, pixels, image: 0);
                }
            }

            if (!isFound)
            {
                throw Bad($"The object has no member \"{name}\".");
            }

            return json.Read() ? throw Bad("There is something behind the object.") : [.. pixels];
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException($"This is no JSON: {exception.Message}", StatusCodes.Status400BadRequest, exception);
        }
    }

    private static void ReadImages(ref Utf8JsonReader json, List<float> pixels, int most)
    {
        for (int image = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; image++)
        {
            if (json.TokenType != JsonTokenType.StartArray)
            {
                throw Bad($"Image {image} must be an array of {DigitClassifier.InputSize} numbers.");
            }

            if (image == most)
            {
                throw Bad($"There may be {most} images at most.", StatusCodes.Status413PayloadTooLarge);
            }

            ReadPixels(ref json, pixels, image);
        }
    }

    private static void ReadPixels(ref Utf8JsonReader json, List<float> pixels, int image)
    {
        int pixel = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; pixel++)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetSingle(out float value))
            {
                throw Bad($"Pixel {pixel} of image {image} must be a number.");
            }

            if (pixel == DigitClassifier.InputSize)
            {
                throw Bad($"Image {image} has more than {DigitClassifier.InputSize} pixels.");
            }

            pixels.Add(value);
        }

        if (pixel != DigitClassifier.InputSize)
        {
            throw Bad($"Image {image} must have {DigitClassifier.InputSize} pixels, but has {pixel}.");
        }
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type, string what)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw Bad($"Expected {what}, but got {json.TokenType}.");
        }
    }

    private static void Require(ReadOnlySpan<float> pixels, int most)
    {
        (int images, int rest) = Math.DivRem(pixels.Length, DigitClassifier.InputSize);
        if (images == 0 || rest != 0)
        {
            throw Bad($"An image has {DigitClassifier.InputSize} pixels, but there are {pixels.Length} in all.");
        }

        if (images > most)
        {
            throw Bad($"There may be {most} {(most == 1 ? "image" : "images")} at most.", StatusCodes.Status413PayloadTooLarge);
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            if (!(pixels[i] is >= 0f and <= 1f))
            {
                throw Bad(
                    $"Pixel {i % DigitClassifier.InputSize} of image {i / DigitClassifier.InputSize} must be from 0 (paper) to 1 (ink), but is {pixels[i]}.");
            }
        }
    }

    private static BadHttpRequestException Bad(string message, int status = StatusCodes.Status400BadRequest) => new(message, status);
}
