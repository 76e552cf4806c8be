// The yardstick of the edge: an nginx of one process that does as little as nginx can.

struct NginxConfiguration: Sendable {
  let directory: String
  let port: UInt16
  /// What our own service answers, so that both send the same.
  let answer: HTTPAnswer

  /// One process is one worker without a master, whose processor time is then easy to read and which
  /// cannot outlive us. All files are in a directory of our own. No access log, as in our service, and
  /// connections that last.
  var text: String {
    """
    daemon off;
    master_process off;
    worker_processes 1;
    pid \(directory)/nginx.pid;
    error_log stderr warn;
    events { worker_connections 4096; }
    http {
      access_log off;
      server_tokens off;
      keepalive_requests 1000000000;
      keepalive_timeout 1h;
      client_body_temp_path \(directory)/body;
      proxy_temp_path \(directory)/proxy;
      fastcgi_temp_path \(directory)/fastcgi;
      uwsgi_temp_path \(directory)/uwsgi;
      scgi_temp_path \(directory)/scgi;
      default_type \(quoted(answer.contentType));
      server {
        listen 127.0.0.1:\(port);
        location / { return 200 \(quoted(String(decoding: answer.body, as: UTF8.self))); }
      }
    }

    """
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "'\(escaped)'"
  }
}
