# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY docs/problems.md docs/
COPY src/ src/
RUN dotnet publish src/Ledger.Api -c Release -o /app/api \
 && dotnet publish src/Ledger.Cli -c Release -o /app/cli

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
# The user that the base image makes. It needs no file of its own: the database and the master key come from the environment.
USER $APP_UID
ENV LEDGER_URLS=http://0.0.0.0:5080
EXPOSE 5080
ENTRYPOINT ["dotnet", "/app/api/Ledger.Api.dll"]
