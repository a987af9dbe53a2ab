using System.Globalization;
using System.Text;

namespace Unroll.Samples;

/// <summary>A picture of the letters' embeddings: near each other are those that the network reads alike.</summary>
internal static class LetterPlot
{
    private const string Vowels = "aeiouy";
    private const int Size = 480;
    private const int Margin = 48;

    /// <param name="path">An SVG file.</param>
    /// <param name="vectors">A vector for each letter from a on.</param>
    public static void Save(string path, float[][] vectors)
    {
        // Rare letters have long vectors, which would leave the others no room: what counts is where a vector points.
        ((double X, double Y)[] places, double share) = Plane.Of([.. vectors.Select(static vector => OfUnitLength(vector))]);
        double most = places.Max(static place => Math.Max(Math.Abs(place.X), Math.Abs(place.Y)));
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Size} {Size}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine("<title>Embeddings of the letters, in the plane of their two principal components</title>");
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Margin / 2}\" y=\"24\">letters: <tspan fill=\"#c0392b\">vowels</tspan>, <tspan fill=\"#2c3e50\">consonants</tspan>; {share:0 %} of the variance</text>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<path d=\"M{Margin} {Size / 2}H{Size - Margin}M{Size / 2} {Margin}V{Size - Margin}\" stroke=\"#ddd\"/>");
        for (int letter = 0; letter < places.Length; letter++)
        {
            char name = (char)('a' + letter);
            string color = Vowels.Contains(name) ? "#c0392b" : "#2c3e50";
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Place(places[letter].X, most):0.#}\" y=\"{Place(-places[letter].Y, most):0.#}\" text-anchor=\"middle\" dominant-baseline=\"central\" font-size=\"18\" fill=\"{color}\">{name}</text>");
        }

        svg.AppendLine("</svg>");
        File.WriteAllText(path, svg.ToString());
    }

    private static float[] OfUnitLength(float[] vector)
    {
        float length = MathF.Sqrt(vector.Sum(static value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    private static double Place(double value, double most) => (Size / 2.0) + (value / most * ((Size / 2.0) - Margin));
}
